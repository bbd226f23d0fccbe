namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer reads.</summary>
public abstract class TrainerInputBase
{
    public string FeatureColumnName = DefaultColumnNames.Features;

    private protected TrainerInputBase()
    {
    }
}
