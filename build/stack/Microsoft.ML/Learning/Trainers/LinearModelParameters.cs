namespace Microsoft.ML.Trainers;

/// <summary>A linear function of the features.</summary>
public abstract class LinearModelParameters : ModelParametersBase<float>
{
    private protected LinearModelParameters(IHostEnvironment env, string name, LinearScores scores)
        : base(env, name)
    {
        Scores = scores;
        Bias = scores.Biases[0];
        Weights = new WeightList(scores);
    }

    public IReadOnlyList<float> Weights { get; }

    public float Bias { get; protected set; }

    internal LinearScores Scores { get; }

    internal float Score(in VBuffer<float> features)
    {
        Contracts.Check(features.Length == Scores.Features,
            $"Input is of length {features.Length}, but predictor expected length {Scores.Features}");
        float score = 0;
        Scores.Score(features, new(ref score));
        return score;
    }

    private sealed class WeightList(LinearScores scores) : IReadOnlyList<float>
    {
        public int Count => scores.Features;

        public float this[int index]
        {
            get
            {
                Contracts.CheckParam(index >= 0 && index < Count, nameof(index), "Out of range");
                return scores.WeightOf(index, 0);
            }
        }

        public IEnumerator<float> GetEnumerator() =>
            Enumerable.Range(0, Count).Select(feature => scores.WeightOf(feature, 0)).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
