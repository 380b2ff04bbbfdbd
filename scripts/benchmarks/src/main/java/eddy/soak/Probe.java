package eddy.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into another JVM of this machine by JMX. */
final class Probe implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Probe(JMXConnector connector) throws IOException {
    this.connector = connector;
    beans = connector.getMBeanServerConnection();
  }

  static Probe of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return new Probe(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the JVM " + pid + " cannot be looked into: " + e.getMessage(), e);
    }
  }

  /** Collects garbage, and tells how many bytes of the heap are in use then. */
  long heapAfterCollection() throws IOException, JMException {
    ObjectName memory = new ObjectName("java.lang:type=Memory");
    beans.invoke(memory, "gc", new Object[0], new String[0]);
    return (long) ((CompositeData) beans.getAttribute(memory, "HeapMemoryUsage")).get("used");
  }

  long directBytes() throws IOException, JMException {
    return (long)
        beans.getAttribute(new ObjectName("java.nio:type=BufferPool,name=direct"), "MemoryUsed");
  }

  int threads() throws IOException, JMException {
    return (int) beans.getAttribute(new ObjectName("java.lang:type=Threading"), "ThreadCount");
  }

  long handles() throws IOException, JMException {
    return (long)
        beans.getAttribute(
            new ObjectName("java.lang:type=OperatingSystem"), "OpenFileDescriptorCount");
  }

  /** All stores share one block cache, so that it counts once. */
  long rocksBytes() throws IOException, JMException {
    Set<ObjectName> stores =
        beans.queryNames(new ObjectName("kafka.streams:type=stream-state-metrics,*"), null);
    long cache = 0;
    long others = 0;
    for (ObjectName store : stores) {
      cache = Math.max(cache, number(store, "block-cache-usage"));
      others += number(store, "size-all-mem-tables") + number(store, "estimate-table-readers-mem");
    }
    return cache + others;
  }

  private long number(ObjectName bean, String attribute) throws IOException {
    try {
      return ((Number) beans.getAttribute(bean, attribute)).longValue();
    } catch (JMException e) {
      return 0; // a store of another kind, or one that has gone
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
