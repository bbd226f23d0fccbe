using System.Globalization;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives: a kind of device and its number, -1 for the current one.</summary>
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 2)
            {
                index = int.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }

        public Device(string deviceType, int index = -1) => (type, this.index) = (Parse(deviceType), index);

        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        public Device(int index) => (type, this.index) = (DeviceType.CUDA, index);

        public DeviceType type { get; private set; }

        public int index { get; private set; } = -1;

        internal long Packed => ((long)type << 8) | (index & 0xffL);

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type == DeviceType.CPU ? "cpu"
            : index == -1 ? type.ToString().ToLowerInvariant()
            : string.Create(CultureInfo.InvariantCulture, $"{type.ToString().ToLowerInvariant()}:{index}");

        private static DeviceType Parse(string name) => Enum.Parse<DeviceType>(name.ToUpperInvariant());
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    private static Device defaultDevice = CPU;

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => defaultDevice;
    public static void set_default_device(Device device) => defaultDevice = InitializeDevice(device);
    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>The device itself, or the default one for null.</summary>
    public static Device InitializeDevice(Device? device)
    {
        if (device is null)
        {
            return defaultDevice;
        }
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Throws where this libtorch cannot use such a device.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType is DeviceType.CPU or DeviceType.META
        || (deviceType == DeviceType.CUDA && cuda.is_available());

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Nvidia devices.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static int device_count() => (int)Checked(bridge_cuda_devices());
        public static void manual_seed(long seed) => torch.manual_seed(seed);
        public static void manual_seed_all(long seed) => torch.manual_seed(seed);
        public static void synchronize(Device? device = null) => Checked(bridge_cuda_synchronize(device?.index ?? -1));
    }
}
