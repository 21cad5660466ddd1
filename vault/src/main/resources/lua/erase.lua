-- Erases a subject up to a life: everything out, a tombstone in. What was put aside of the life for
-- a hold goes too.
-- KEYS  s:{p}, a:{p}, s:{p}:held.<life>, a:{p}:held.<life>
-- ARGV  life, erasure id, erased at (epoch seconds), token digest,
--       version at which alone it is done (empty: at any)
-- Gives {"gone"} if there is no hash or a later life has begun (which is left as it is),
--       {"changed"} if there is another version (nothing is changed),
--       {"erased", highest epoch removed, version of the tombstone}; the same again when repeated
local now = redis.call('HMGET', KEYS[1], 'life', 'ver', 'epoch', 'oldEpoch', 'erasure')
local life = now[1]
local aside = redis.call('HGET', KEYS[3], 'epoch')
if not life or tonumber(life) > tonumber(ARGV[1]) then
  redis.call('UNLINK', KEYS[3], KEYS[4])
  return {'gone'}
end

local epoch, highest = now[3], now[4] or '0'
if aside and tonumber(aside) > tonumber(highest) then
  highest = aside
end
if not epoch and now[5] == ARGV[2] then
  -- Noted before what it is about goes: a repetition must not give an older epoch.
  redis.call('HSET', KEYS[1], 'oldEpoch', highest)
  redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4])
  return {'erased', highest, now[2]}
end

if ARGV[5] ~= '' and now[2] ~= ARGV[5] then
  return {'changed'}
end

if epoch and tonumber(epoch) > tonumber(highest) then
  highest = epoch
end
local version = string.format('%.0f', tonumber(now[2]) + 1)
redis.call('DEL', KEYS[1])
-- The life that was named, not the one found: after a restore the hash may be of an earlier one,
-- and lives must never restart.
redis.call('HSET', KEYS[1], 'f', '1', 'life', ARGV[1], 'ver', version, 'erasure', ARGV[2],
  'erasedAt', ARGV[3], 'token', ARGV[4], 'oldEpoch', highest)
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4])
return {'erased', highest, version}
