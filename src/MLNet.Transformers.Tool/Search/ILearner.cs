namespace MLNet.Transformers.Tool.Search;

/// <summary>What makes trials for a search.</summary>
internal interface ILearner
{
    /// <summary>Trains for a moment, only to see how fast that is.</summary>
    /// <exception cref="TrialException">It cannot be trained.</exception>
    /// <exception cref="OperationCanceledException">The search is to end.</exception>
    Pace Measure(Trial trial, CancellationToken cancellation);

    /// <summary>Trains and measures.</summary>
    /// <param name="number">The trial's number, from 1: one that was broken off goes on under the same number where it was.</param>
    /// <param name="trial">What is tried.</param>
    /// <param name="pace">How fast that was until now.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="TrialException">It cannot be trained.</exception>
    /// <exception cref="OperationCanceledException">The search is to end.</exception>
    TrialRun Run(int number, Trial trial, Pace pace, CancellationToken cancellation);
}
