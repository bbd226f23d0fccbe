using MLNet.Transformers.Tool.Data.Conversion;
using MLNet.Transformers.Tool.Scenarios;

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
            ? converted with { Warnings = [.. converted.Warnings, .. UsedColumns.Check(job, converted, HasTags(job.Scenario))] }
            : TableReader.Read(job, job.DatasetPath, HasTags(job.Scenario));
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
        var learnt = (TabularDataset)dataset;
        var validation = Convert(job, path, "validation") ?? TableReader.ReadAlike(path, learnt);
        if (!validation.Columns.Select(column => column.Name).SequenceEqual(learnt.Columns.Select(column => column.Name), StringComparer.Ordinal))
            throw new InputException($"{path} must be in the same format as {job.DatasetPath}, with the same columns.");
        return validation with { Warnings = [.. validation.Warnings, .. UsedColumns.CheckAlike(job, validation, learnt, HasTags(job.Scenario))] };
    }

    /// <summary>What a scenario's data can be, for the help.</summary>
    public static string Formats(Scenario scenario) => scenario.Columns.Count == 0
        ? "a folder with a folder of images for each class, named as the class is"
        : "a .tsv, .csv or .txt file with a row a line" + (HasQuestions(scenario) ? ", or a .json file in the format of SQuAD"
            : HasTags(scenario) ? ", or a file in the format of CoNLL, with a word and its tag a line"
            : HasTextsOnly(scenario) ? ", or any text: a text a line, or one long text with empty lines between its paragraphs"
            : "");

    private static bool HasQuestions(Scenario scenario) => scenario.Columns.Any(role => role.Purpose == ColumnPurpose.Question);

    private static bool HasTags(Scenario scenario) => scenario.Command == "named-entity-recognition";

    private static bool HasTextsOnly(Scenario scenario) => scenario.Columns is [{ Purpose: ColumnPurpose.Text }];

    // A file that is no table, written as one; null where it is a table.
    private static TabularDataset? Convert(Job job, string path, string name)
    {
        var rows = HasQuestions(job.Scenario) && SquadFile.IsJson(path) ? SquadFile.Read(path)
            : HasTags(job.Scenario) && ConllFile.Looks(path) ? ConllFile.Read(job, path)
            : HasTextsOnly(job.Scenario) && PlainTextFile.Is(job, path) ? PlainTextFile.Read(path)
            : null;
        return rows?.Write(path, Path.Combine(job.ProjectFolder, $"{job.Name}.{name}.tsv"));
    }
}
