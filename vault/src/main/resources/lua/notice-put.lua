-- Puts a notice in.
-- KEYS  lethe:notices
-- ARGV  until when by this server's clock in ms, the fields to set, name and value of each
-- Gives 1, or 0 if its time is over (nothing is put in)
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 >= tonumber(ARGV[1]) then
  return 0
end
for i = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
return 1
