namespace MLNet.Transformers.Tool.Search;

/// <summary>What is chosen once for all the rounds of a search, in which it is tried for longer and longer.</summary>
/// <param name="Size">The model's size; null where it starts from a folder.</param>
/// <param name="LearningRate">The greatest learning rate.</param>
/// <param name="Epochs">The most passes over the training rows, however much time there is.</param>
/// <param name="Pretrains">Whether half of its time goes into learning from the texts alone before.</param>
internal sealed record Candidate(ModelSize? Size, double LearningRate, int Epochs, bool Pretrains)
{
    private const double LongerByAtLeast = 0.15;
    private const int FewestSteps = 10;

    /// <summary>What is tried of it in a time: whole passes where that uses the time well, otherwise steps.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="pace">How fast it is.</param>
    public Trial Within(double seconds, Pace pace)
    {
        var training = Math.Max(0, seconds - pace.Overhead);
        var pretraining = Pretrains ? Math.Clamp((int)Math.Min(Epochs, training / 2 / pace.PretrainingEpoch), 1, Epochs) : 0;
        var steps = Math.Max(training - pretraining * pace.PretrainingEpoch, Pretrains ? training / 2 : 0) / pace.Step;
        var passes = steps / pace.StepsPerEpoch;
        if (passes >= Epochs)
            return new(Size, LearningRate, Epochs, null, pretraining);
        var whole = Math.Floor(passes);
        return whole >= 1 && passes - whole <= LongerByAtLeast * passes
            ? new(Size, LearningRate, (int)whole, null, pretraining)
            : new(Size, LearningRate, (int)whole + 1, Math.Max(FewestSteps, (long)steps), pretraining);
    }
}
