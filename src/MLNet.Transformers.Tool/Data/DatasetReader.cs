namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds out how data are to be read.</summary>
internal static class DatasetReader
{
    /// <summary>The data of a job, with what was inferred of them.</summary>
    /// <exception cref="InputException">There is no such file, it has no such column, or its rows cannot be learnt from.</exception>
    public static Dataset Read(Job job) => throw new NotImplementedException(job.DatasetPath);
}
