using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Display;

/// <summary>Shows a search while it is under way.</summary>
internal interface ISearchDisplay
{
    /// <summary>Shows what a search does while it does it.</summary>
    T Show<T>(Func<T> search);

    /// <summary>Trials that another process made.</summary>
    void Went(IReadOnlyList<TrialResult> results, int? best);

    /// <summary>Something begins that is no trial.</summary>
    /// <param name="activity">What it is, such as "Seeing how fast a small model is".</param>
    void Began(string activity);

    /// <summary>A round of trials begins.</summary>
    /// <param name="sentence">How many, and how long.</param>
    void RoundBegan(string sentence);

    /// <summary>A trial begins.</summary>
    void TrialBegan(PlannedTrial trial, TimeSpan expected);

    /// <summary>A training has got further.</summary>
    void Progressed(TrainingProgress progress);

    /// <summary>A trained model is measured.</summary>
    void Measuring();

    /// <summary>A trial ended.</summary>
    void TrialEnded(TrialResult result, bool isBest);
}
