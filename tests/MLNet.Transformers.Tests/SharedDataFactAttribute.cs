namespace MLNet.Transformers.Tests;

/// <summary>A test that needs <see cref="SharedData"/> and is skipped, with the reason, where it is absent.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.WhyAbsent;
}
