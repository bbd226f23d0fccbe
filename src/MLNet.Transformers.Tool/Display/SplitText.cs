using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Display;

/// <summary>A split in words.</summary>
internal static class SplitText
{
    /// <summary>What is learnt from, and what is measured on.</summary>
    public static string Of(DataSplit split) => split switch
    {
        { AllRows: not null, Folds: var folds } => TrialText.Text($"Trials are the mean of {folds.Count} folds; the best is then trained on all {folds[0].TrainingCount + folds[0].ValidationCount:N0} rows."),
        { Folds: [var fold, ..] } => TrialText.Text($"Learning from {fold.TrainingCount:N0} rows, measuring on {fold.ValidationCount:N0} others."),
        _ => "",
    };
}
