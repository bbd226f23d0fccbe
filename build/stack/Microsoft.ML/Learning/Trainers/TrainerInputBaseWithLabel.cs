namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer reads, a label among them.</summary>
public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    public string LabelColumnName = DefaultColumnNames.Label;

    private protected TrainerInputBaseWithLabel()
    {
    }
}
