namespace MLNet.Transformers.Tool;

/// <summary>The way from data to a project.</summary>
internal static class TrainingJob
{
    /// <summary>Does what a job asks for; the exit code.</summary>
    public static int Run(Job job, CancellationToken token) => throw new NotImplementedException(job.Name);
}
