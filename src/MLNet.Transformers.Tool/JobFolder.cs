namespace MLNet.Transformers.Tool;

/// <summary>The folder of a job's project, and what the search keeps in it until it is done.</summary>
/// <param name="job">The job.</param>
internal sealed class JobFolder(Job job)
{
    /// <summary>The trained model.</summary>
    public string ModelPath => Path.Combine(job.ProjectFolder, job.Name + ".mlnet");

    /// <summary>Where the search stands.</summary>
    public string JournalPath => Path.Combine(job.ProjectFolder, job.Name + ".search.json");

    /// <summary>Trainings on their way and the best model so far.</summary>
    public string SearchPath => Path.Combine(job.ProjectFolder, job.Name + ".search");

    /// <summary>Refuses a project that is finished, unless it is to be written anew.</summary>
    /// <exception cref="InputException">It is finished.</exception>
    public void RequireUnfinished()
    {
        if (File.Exists(ModelPath) && !File.Exists(JournalPath) && !job.Force)
            throw new InputException($"The project '{job.ProjectFolder}' is finished. Give another --name or --output, or --force to train it anew and write over it.");
    }

    /// <summary>Copies a model to where the project has it; it is there whole or not at all.</summary>
    public void TakeModel(string path) => WholeFile.Write(ModelPath, copy => File.Copy(path, copy, overwrite: true));
}
