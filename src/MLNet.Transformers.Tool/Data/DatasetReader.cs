using MLNet.Transformers.Tool.Data.Conversion;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds out how data are to be read.</summary>
internal static class DatasetReader
{
    /// <summary>The data of a job, with what was inferred of them; files of other formats are converted into the folder of the project.</summary>
    /// <exception cref="InputException">There is no such file, it has no such column, or its rows cannot be learnt from.</exception>
    public static Dataset Read(Job job)
    {
        if (job.Scenario.Columns.Count == 0)
            return ImageFolder.Read(job.DatasetPath);
        SourceFile.Check(job.DatasetPath);
        return Convert(job, job.DatasetPath, "data") is { } converted
            ? converted with { Warnings = [.. converted.Warnings, .. UsedColumns.Check(job, converted, HasTags(job))] }
            : TableReader.Read(job, job.DatasetPath, HasTags(job));
    }

    /// <summary>The data that <see cref="Job.ValidationPath"/> names, read as those of the job are; null where it names none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="dataset">What <see cref="Read"/> gave.</param>
    /// <exception cref="InputException">There is no such file, or it has not the same columns.</exception>
    public static Dataset? ReadValidation(Job job, Dataset dataset)
    {
        if (job.ValidationPath is not { } path)
            return null;
        if (dataset is ImageFolderDataset folder)
            return ImageFolder.ReadAlike(path, folder);
        SourceFile.Check(path);
        var validation = Convert(job, path, "validation") ?? TableReader.ReadAlike(path, (TabularDataset)dataset);
        return validation with { Warnings = [.. validation.Warnings, .. UsedColumns.CheckAlike(job, validation, (TabularDataset)dataset, HasTags(job))] };
    }

    private static bool HasTags(Job job) => job.Scenario.Command == "named-entity-recognition";

    // A file that is no table, written as one; null where it is a table.
    private static TabularDataset? Convert(Job job, string path, string name)
    {
        var roles = job.Scenario.Columns;
        var rows = roles.Any(role => role.Purpose == ColumnPurpose.Question) && SquadFile.IsJson(path) ? SquadFile.Read(path)
            : HasTags(job) && ConllFile.Looks(path) ? ConllFile.Read(job, path)
            : roles is [{ Purpose: ColumnPurpose.Text }] && PlainTextFile.Is(job, path) ? PlainTextFile.Read(path)
            : null;
        return rows?.Write(path, Path.Combine(job.ProjectFolder, $"{job.Name}.{name}.tsv"));
    }
}
