using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>Settings of the whole process.</summary>
[Collection("Alone")]
public class SettingsTests
{
    [Fact]
    public void UsesTheDefaultTypeThatIsSet()
    {
        try
        {
            set_default_dtype(float64);
            Assert.Equal(ScalarType.Float64, ones(2).dtype);
            Assert.Equal(ScalarType.Float64, linspace(0, 1, 3).dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }
    }

    [Fact]
    public void SetsTheNumberOfThreads()
    {
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}

/// <summary>What changes or measures the whole process runs alone.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
