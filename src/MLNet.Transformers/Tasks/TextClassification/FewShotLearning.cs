namespace MLNet.Transformers.Tasks;

/// <summary>How a handful of classified texts is learnt from.</summary>
/// <param name="PairsOfEach">How many pairs of texts alike, and how many of texts not alike, each text begins.</param>
/// <param name="Regularization">How strongly the classifier's weights are kept small: the inverse of the C of a logistic regression.</param>
internal sealed record FewShotLearning(int PairsOfEach, double Regularization)
{
    /// <summary>How tokens' states become the vector that is trained, and classified.</summary>
    public static Models.Pooling Pooling => Models.Pooling.Mean;
}
