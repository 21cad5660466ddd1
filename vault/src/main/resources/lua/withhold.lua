-- Erases a subject who is under a legal hold: a tombstone in as for any erasure, but the hash and
-- the access log are put aside, with no grant left but that of the owner.
-- KEYS  s:{p}, a:{p}, s:{p}:held.<life>, a:{p}:held.<life>
-- ARGV  life, erasure id, erased at (epoch seconds), token digest,
--       version at which alone it is done (empty: at any),
--       the first life that the hold covers, names of the grants to drop
-- Gives {"gone"} if there is no hash or a later life has begun (nothing is changed),
--       {"changed"} if there is another version (nothing is changed),
--       {"withheld"}; the same again when repeated
local now = redis.call('HMGET', KEYS[1], 'life', 'ver', 'epoch', 'oldEpoch', 'erasure')
local life = now[1]
if not life or tonumber(life) > tonumber(ARGV[1]) then
  return {'gone'}
end

local epoch, highest = now[3], now[4] or '0'
if not epoch and now[5] == ARGV[2] then
  return {'withheld'}
end

if ARGV[5] ~= '' and now[2] ~= ARGV[5] then
  return {'changed'}
end

if epoch and tonumber(epoch) > tonumber(highest) then
  highest = epoch
end
-- What is put aside already is newer than anything a restored copy brings back.
local covered = epoch and tonumber(life) >= tonumber(ARGV[6])
if covered and redis.call('EXISTS', KEYS[3]) == 0 then
  redis.call('RENAME', KEYS[1], KEYS[3])
  redis.call('HDEL', KEYS[3], 'erasure', 'erasedAt', 'token', 'oldEpoch')
  for i = 7, #ARGV do
    redis.call('HDEL', KEYS[3], ARGV[i])
  end
  if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('RENAME', KEYS[2], KEYS[4])
  end
end
local version = string.format('%.0f', tonumber(now[2]) + 1)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'f', '1', 'life', ARGV[1], 'ver', version, 'erasure', ARGV[2],
  'erasedAt', ARGV[3], 'token', ARGV[4], 'oldEpoch', highest)
redis.call('UNLINK', KEYS[2])
return {'withheld'}
