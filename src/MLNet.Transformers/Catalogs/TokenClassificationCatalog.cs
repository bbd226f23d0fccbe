namespace MLNet.Transformers;

/// <summary>Labels of single tokens, on <c>mlContext.TokenClassification</c>.</summary>
public sealed partial class TokenClassificationCatalog
{
    internal TokenClassificationCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        Trainers = new TokenClassificationTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public TokenClassificationTrainers Trainers { get; }

    /// <summary>Trainers of taggers, on <c>mlContext.TokenClassification.Trainers</c>.</summary>
    public sealed partial class TokenClassificationTrainers
    {
        internal TokenClassificationTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }
    }
}
