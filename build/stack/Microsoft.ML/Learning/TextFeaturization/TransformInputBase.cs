namespace Microsoft.ML.Transforms;

/// <summary>What the options of all transforms have in common.</summary>
public abstract class TransformInputBase
{
    private protected TransformInputBase()
    {
    }
}
