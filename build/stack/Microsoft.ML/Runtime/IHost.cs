namespace Microsoft.ML.Runtime;

/// <summary>The environment of one component, with its own stream of random numbers.</summary>
public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}
