namespace MLNet.Transformers;

/// <summary>Answers that are spans of a text, on <c>mlContext.QuestionAnswering</c>.</summary>
public sealed partial class QuestionAnsweringCatalog
{
    internal QuestionAnsweringCatalog(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        Trainers = new QuestionAnsweringTrainers(mlContext);
    }

    /// <summary>The trainers.</summary>
    public QuestionAnsweringTrainers Trainers { get; }

    /// <summary>Trainers of answerers, on <c>mlContext.QuestionAnswering.Trainers</c>.</summary>
    public sealed partial class QuestionAnsweringTrainers
    {
        internal QuestionAnsweringTrainers(MLContext mlContext) => Context = mlContext;

        internal MLContext Context { get; }
    }
}
