-- Appends to the access log of a living subject.
-- KEYS  s:{p}, a:{p}
-- ARGV  life, sealed entries
-- Gives the length of the log, or -1 if this life is over (nothing is appended)
local now = redis.call('HMGET', KEYS[1], 'life', 'epoch')
if now[1] ~= ARGV[1] or not now[2] then
  return -1
end
for i = 2, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
end
return redis.call('LLEN', KEYS[2])
