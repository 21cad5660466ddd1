-- Takes, renews or gives back a lease that one node at a time may hold.
-- KEYS  the lease
-- ARGV  who asks, time to live in ms ("0" gives it back)
-- Gives 1 if the asker holds it now (or gave it back), 0 if somebody else does
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
