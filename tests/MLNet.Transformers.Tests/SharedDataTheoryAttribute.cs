namespace MLNet.Transformers.Tests;

/// <summary>A test of several cases that needs <see cref="SharedData"/> and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.WhyAbsent;
}
