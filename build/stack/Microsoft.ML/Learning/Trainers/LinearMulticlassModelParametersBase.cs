namespace Microsoft.ML.Trainers;

/// <summary>A linear function of the features for each class.</summary>
public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>
{
    public readonly ModelStatisticsBase Statistics;

    private protected LinearMulticlassModelParametersBase(IHostEnvironment env, string name, LinearScores scores, ModelStatisticsBase statistics)
        : base(env, name) => (Scores, Statistics) = (scores, statistics);

    internal int NumberOfClasses => Scores.Biases.Length;

    internal int NumberOfFeatures => Scores.Features;

    internal LinearScores Scores { get; }

    /// <summary>Copies the weights of each class.</summary>
    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = NumberOfClasses;
        if ((weights?.Length ?? 0) < numClasses)
            Array.Resize(ref weights, numClasses);
        for (var c = 0; c < numClasses; c++)
            Scores.CopyWeights(c, ref weights[c]);
    }

    public IEnumerable<float> GetBiases() => Scores.Biases;

    /// <summary>Writes what the model says of each class.</summary>
    internal abstract void Predict(in VBuffer<float> features, Span<float> output);
}
