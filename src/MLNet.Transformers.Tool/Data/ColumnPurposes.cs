namespace MLNet.Transformers.Tool.Data;

/// <summary>What purposes have in common.</summary>
internal static class ColumnPurposes
{
    /// <summary>Whether a column is what a model is to find out, and so is not asked with.</summary>
    public static bool IsAnswer(this ColumnPurpose purpose) =>
        purpose is ColumnPurpose.Label or ColumnPurpose.Answer or ColumnPurpose.AnswerIndex or ColumnPurpose.Target;
}
