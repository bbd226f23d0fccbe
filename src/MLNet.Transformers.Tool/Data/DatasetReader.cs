namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds out how data are to be read.</summary>
internal static class DatasetReader
{
    /// <summary>The data of a job, with what was inferred of them.</summary>
    /// <exception cref="InputException">There is no such file, it has no such column, or its rows cannot be learnt from.</exception>
    public static Dataset Read(Job job) => throw new NotImplementedException(job.DatasetPath);

    /// <summary>The data that <see cref="Job.ValidationPath"/> names, read as those of the job are; null where it names none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="dataset">What <see cref="Read"/> gave.</param>
    /// <exception cref="InputException">There is no such file, or it has not the same columns.</exception>
    public static Dataset? ReadValidation(Job job, Dataset dataset) => job.ValidationPath is null ? null : throw new NotImplementedException(dataset.Path);
}
