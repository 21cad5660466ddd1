-- Erases a subject up to a life: everything out, a tombstone in.
-- KEYS  s:{p}, a:{p}
-- ARGV  life, erasure id, erased at (epoch seconds), token digest,
--       version at which alone it is done (empty: at any)
-- Gives {"gone"} if there is no hash or a later life has begun (nothing is changed),
--       {"changed"} if there is another version (nothing is changed),
--       {"erased", highest epoch removed, version of the tombstone}; the same again when repeated
local now = redis.call('HMGET', KEYS[1], 'life', 'ver', 'epoch', 'oldEpoch', 'erasure')
local life = now[1]
if not life or tonumber(life) > tonumber(ARGV[1]) then
  return {'gone'}
end

local epoch, old = now[3], now[4] or '0'
if not epoch and now[5] == ARGV[2] then
  redis.call('UNLINK', KEYS[2])
  return {'erased', old, now[2]}
end

if ARGV[5] ~= '' and now[2] ~= ARGV[5] then
  return {'changed'}
end

local highest = old
if epoch and tonumber(epoch) > tonumber(old) then
  highest = epoch
end
local version = string.format('%.0f', tonumber(now[2]) + 1)
redis.call('DEL', KEYS[1])
-- The life that was named, not the one found: after a restore the hash may be of an earlier one,
-- and lives must never restart.
redis.call('HSET', KEYS[1], 'f', '1', 'life', ARGV[1], 'ver', version, 'erasure', ARGV[2],
  'erasedAt', ARGV[3], 'token', ARGV[4], 'oldEpoch', highest)
redis.call('UNLINK', KEYS[2])
return {'erased', highest, version}
