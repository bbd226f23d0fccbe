namespace MLNet.Transformers.Models;

/// <summary>How the learning rate falls after warm-up.</summary>
public enum Schedule
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>In a straight line to 0.</summary>
    Linear,

    /// <summary>Along half a cosine to 0: <see href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2017</see>, without restarts.</summary>
    Cosine,

    /// <summary>With the inverse square root of the step: section 5.3 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>.</summary>
    InverseSquareRoot,
}

/// <summary>The rate of each step.</summary>
internal static class ScheduleRate
{
    /// <summary>What share of the greatest rate a step has.</summary>
    /// <param name="schedule">How the rate falls.</param>
    /// <param name="step">Steps already made.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="warmUp">Steps in which the rate rises; the first has a rate above 0.</param>
    public static double At(Schedule schedule, long step, long steps, long warmUp)
    {
        if (step < warmUp)
            return (step + 1.0) / (warmUp + 1);
        var progress = Math.Min(1, (step - warmUp) / (double)Math.Max(1, steps - warmUp));
        return schedule switch
        {
            Schedule.Constant => 1,
            Schedule.Linear => 1 - progress,
            Schedule.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
            Schedule.InverseSquareRoot => Math.Sqrt((warmUp + 1.0) / (step + 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
        };
    }
}
