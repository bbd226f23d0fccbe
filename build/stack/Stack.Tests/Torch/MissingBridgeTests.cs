using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace Stack.Tests.Torch;

/// <summary>Without its native part the library says what to do, in one sentence.</summary>
public sealed class MissingBridgeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("missing-bridge").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SaysWhatToRunWhereTheBridgeIsMissing() => AssertRemedy("is missing");

    [Fact]
    public void SaysWhatToRunWhereTheBridgeDoesNotLoad()
    {
        File.WriteAllText(Path.Combine(folder, "libTorchBridge.so"), "not a library");
        AssertRemedy("does not load");
    }

    private void AssertRemedy(string complaint)
    {
        var copy = Path.Combine(folder, "TorchSharp.dll");
        File.Copy(typeof(torch).Assembly.Location, copy);
        var context = new AssemblyLoadContext(nameof(MissingBridgeTests), isCollectible: true);
        var call = context.LoadFromAssemblyPath(copy).GetType("TorchSharp.torch")!.GetMethod("get_num_threads")!;
        var error = Assert.Throws<TargetInvocationException>(() => call.Invoke(null, null)).InnerException;
        Assert.IsType<DllNotFoundException>(error);
        Assert.Contains(complaint, error.Message);
        Assert.Contains("run build/setup.sh", error.Message);
        context.Unload();
    }
}
