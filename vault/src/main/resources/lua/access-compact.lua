-- Replaces the oldest entries of an access log.
-- KEYS  s:{p}, a:{p}
-- ARGV  life, how many entries to replace, the last of them, what replaces them
-- Gives 1, or 0 if this life is over or the entries are no longer those that were read
local now = redis.call('HMGET', KEYS[1], 'life', 'epoch')
if now[1] ~= ARGV[1] or not now[2] then
  return 0
end
-- Sealed entries never repeat: the last one in its place means that all before it are in theirs.
local count = tonumber(ARGV[2])
if redis.call('LINDEX', KEYS[2], count - 1) ~= ARGV[3] then
  return 0
end
redis.call('LTRIM', KEYS[2], count, -1)
for i = #ARGV, 4, -1 do
  redis.call('LPUSH', KEYS[2], ARGV[i])
end
return 1
