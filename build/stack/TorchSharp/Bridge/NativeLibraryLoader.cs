using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Bridge;

/// <summary>Loads the bridge at its first use, sets libtorch up for this machine, and says what to install where it cannot.</summary>
internal static unsafe partial class NativeLibraryLoader
{
    private const long AbiVersion = 1;
    private const string Remedy = "run build/setup.sh, which installs libtorch-dev and libopenblas0-openmp and builds the bridge";
    private static readonly Lock Loading = new();
    private static nint bridge;

    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }
        lock (Loading)
        {
            return bridge != 0 ? bridge : bridge = Load(assembly);
        }
    }

    private static nint Load(Assembly assembly)
    {
        // Waiting threads that spin fight the BLAS's own threads for the cores. libgomp reads this when it loads,
        // and from the C environment: .NET's own copy does not reach it.
        setenv("OMP_WAIT_POLICY", "passive", overwrite: 0);

        var file = Path.Combine(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory, "libTorchBridge.so");
        if (!File.Exists(file))
        {
            throw new DllNotFoundException($"The torch bridge is missing at {file}: {Remedy}.");
        }
        nint library;
        try
        {
            library = NativeLibrary.Load(file);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"The torch bridge does not load, since libtorch is missing or not the version that the bridge was built for: {Remedy}. ({e.Message})", e);
        }

        // Called by address, since a call by name would come back here.
        if (!NativeLibrary.TryGetExport(library, "bridge_abi_version", out var version) || ((delegate* unmanaged<long>)version)() != AbiVersion)
        {
            throw new DllNotFoundException($"The torch bridge at {file} is of another version than this library: {Remedy}.");
        }
        RequireFastBlas(library);
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "bridge_initialise"))();
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
        {
            ((delegate* unmanaged<long, long>)NativeLibrary.GetExport(library, "bridge_set_threads"))(Environment.ProcessorCount);
        }
        return library;
    }

    // The reference BLAS, which a distribution falls back on, is some 37 times slower.
    private static void RequireFastBlas(nint library)
    {
        string[] fast = ["openblas", "mkl", "blis", "atlas", "nvpl", "armpl"];
        var hasMkl = ((delegate* unmanaged<long>)NativeLibrary.GetExport(library, "bridge_has_mkl"))() != 0;
        if (!hasMkl && !File.ReadLines("/proc/self/maps").Any(line => fast.Any(name => line.Contains(name, StringComparison.OrdinalIgnoreCase))))
        {
            throw new DllNotFoundException("libtorch would compute with the reference BLAS, some 37 times too slow: install libopenblas0-openmp.");
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
