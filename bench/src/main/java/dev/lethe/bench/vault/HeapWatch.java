package dev.lethe.bench.vault;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most that stays in the heap after a collection, from its making until it is stopped. */
final class HeapWatch implements NotificationListener {
  private final AtomicLong most = new AtomicLong();

  HeapWatch() {
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener(this, null, null);
    }
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getUserData() instanceof CompositeData data) {
      var after = GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc();
      most.accumulateAndGet(
          after.values().stream().mapToLong(MemoryUsage::getUsed).sum(), Math::max);
    }
  }

  /** Bytes; 0 when nothing was collected. */
  long most() {
    return most.get();
  }

  void stop() {
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      try {
        ((NotificationEmitter) collector).removeNotificationListener(this);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
