-- Sets a field of the notices that wait, if another one is still what it was: a notice that has
-- been taken out meanwhile does not come back.
-- KEYS  lethe:notices
-- ARGV  the other field, its value, the field to set, its value
-- Gives 1 when it was set
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
return 1
