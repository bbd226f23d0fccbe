using TorchSharp.Bridge;
using static TorchSharp.Bridge.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on the CPU. <see cref="Default"/> is libtorch's own.</summary>
    public unsafe class Generator : IDisposable
    {
        private readonly GeneratorHandle handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU)
            {
                throw new NotSupportedException("Only CPU generators are supported.");
            }
            handle = new GeneratorHandle(Checked(bridge_generator(seed)));
        }

        private Generator(nint handle) => this.handle = new GeneratorHandle(handle);

        public static Generator Default => new(Checked(bridge_default_generator()));

        public IntPtr Handle => handle.DangerousGetHandle();

        public Device device { get; } = new(DeviceType.CPU);

        public Generator manual_seed(long seed)
        {
            Checked(bridge_generator_manual_seed(handle, (ulong)seed));
            return this;
        }

        /// <summary>Seeds from the machine's entropy, and tells the seed.</summary>
        public long seed() => Seed(fresh: true);

        public long initial_seed() => Seed(fresh: false);

        /// <summary>The whole state, as bytes that <see cref="set_state"/> takes back.</summary>
        public Tensor get_state() => new(new TensorHandle(Checked(bridge_generator_state(handle))));

        public void set_state(Tensor value)
        {
            using var state = new HeldTensor(value);
            Checked(bridge_generator_set_state(handle, state.Address));
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>The native generator's address, which stays valid until <see cref="LetGo"/>.</summary>
        internal nint Hold()
        {
            var held = false;
            handle.DangerousAddRef(ref held);
            return handle.DangerousGetHandle();
        }

        internal void LetGo() => handle.DangerousRelease();

        protected virtual void Dispose(bool disposing)
        {
            if (disposing)
            {
                handle.Dispose();
            }
        }

        private long Seed(bool fresh)
        {
            ulong seed;
            Checked(bridge_generator_seed(handle, fresh ? 1 : 0, &seed));
            return (long)seed;
        }
    }

    /// <summary>Seeds every device's default generator.</summary>
    public static Generator manual_seed(long seed)
    {
        Checked(bridge_manual_seed((ulong)seed));
        return Generator.Default;
    }

    public static long seed() => random.seed();
    public static long initial_seed() => random.initial_seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generator.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    public static int get_num_threads() => (int)bridge_get_threads();
    public static void set_num_threads(int num) => Checked(bridge_set_threads(num));
    public static int get_num_interop_threads() => (int)bridge_get_interop_threads();
    public static void set_num_interop_threads(int num) => Checked(bridge_set_interop_threads(num));

    /// <summary>Throws what went wrong last; every call here has thrown already.</summary>
    public static void CheckForErrors()
    {
    }

    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(bridge_torch_version())!;
}
