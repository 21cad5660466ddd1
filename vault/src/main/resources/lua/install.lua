-- Claims this Redis for an installation, unless it has been claimed.
-- KEYS  lethe:installation
-- ARGV  id, fingerprint of the pepper, format
-- Gives {id, fingerprint, format} as they stand now
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'id', ARGV[1], 'pepper', ARGV[2], 'format', ARGV[3])
end
return redis.call('HMGET', KEYS[1], 'id', 'pepper', 'format')
