using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Display;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Shows nothing.</summary>
internal sealed class SilentDisplay : ISearchDisplay, IModelStore
{
    public T Show<T>(Func<T> search) => search();

    public void Went(IReadOnlyList<TrialResult> results, int? best)
    {
    }

    public void Began(string activity)
    {
    }

    public void RoundBegan(string sentence)
    {
    }

    public void TrialBegan(PlannedTrial trial, TimeSpan expected)
    {
    }

    public void Progressed(TrainingProgress progress)
    {
    }

    public void Measuring()
    {
    }

    public void TrialEnded(TrialResult result, bool isBest)
    {
    }

    public void Keep(int number, Microsoft.ML.ITransformer model)
    {
    }

    public void Clean(int? best)
    {
    }
}
