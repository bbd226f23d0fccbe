namespace Microsoft.ML.Trainers;

/// <summary>The columns that a trainer reads, a label and perhaps a weight among them.</summary>
public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    public string ExampleWeightColumnName;

    private protected TrainerInputBaseWithWeight()
    {
    }
}
