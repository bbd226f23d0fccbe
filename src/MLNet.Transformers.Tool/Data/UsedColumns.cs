using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Reads the values of the columns that are learnt from: refuses what the library would refuse after long work, and tells of what makes models worse.</summary>
internal sealed class UsedColumns
{
    private const int FewestRows = 10;
    private const int MostNamed = 5;
    private const double ManyCopies = 0.01;

    private readonly Job _job;
    private readonly string _path;
    private readonly IReadOnlyList<DatasetColumn> _columns;
    private readonly DatasetColumn? _class;
    private readonly Dictionary<DatasetColumn, LineList> _empty = [];
    private readonly Dictionary<DatasetColumn, LineList> _noNumbers = [];
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _rows = [];
    private int _count;
    private int _copies;

    private UsedColumns(Job job, TabularDataset dataset, bool hasTags)
    {
        _job = job;
        _path = dataset.Path;
        _columns = [.. dataset.Columns.Where(column => column.Purpose != ColumnPurpose.Ignore)];
        _class = hasTags ? null : _columns.SingleOrDefault(column => column is { Purpose: ColumnPurpose.Label, Kind: DataKind.String });
        foreach (var column in _columns)
        {
            _empty[column] = new();
            _noNumbers[column] = new();
        }
        foreach (var row in TableReader.Rows(dataset))
            Add(row);
    }

    /// <summary>Reads all rows to learn from; the warnings.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="dataset">The rows.</param>
    /// <param name="hasTags">Whether labels are the tags of words, which are no classes of rows.</param>
    /// <exception cref="InputException">A value is missing or no number, rows are too few, or classes too many.</exception>
    public static IReadOnlyList<string> Check(Job job, TabularDataset dataset, bool hasTags)
    {
        var used = new UsedColumns(job, dataset, hasTags);
        used.RefuseValues();
        used.RefuseCounts();
        return [.. used.Warnings()];
    }

    /// <summary>Reads all rows to measure on; the warnings.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="validation">The rows.</param>
    /// <param name="dataset">The rows that are learnt from.</param>
    /// <param name="hasTags">Whether labels are the tags of words.</param>
    /// <exception cref="InputException">A value is missing or no number, or all classes are others.</exception>
    public static IReadOnlyList<string> CheckAlike(Job job, TabularDataset validation, TabularDataset dataset, bool hasTags)
    {
        var (used, learnt) = (new UsedColumns(job, validation, hasTags), new UsedColumns(job, dataset, hasTags));
        used.RefuseValues();
        string[] unknown = [.. used._classes.Keys.Where(name => !learnt._classes.ContainsKey(name))];
        if (unknown.Length == 0)
            return [];
        return unknown.Length < used._classes.Count
            ? [$"{Named(unknown)} in '{used._class!.Name}' of {validation.Path} {(unknown.Length == 1 ? "is" : "are")} not in {dataset.Path}, so the model cannot know {(unknown.Length == 1 ? "it" : "them")}."]
            : throw new InputException($"{validation.Path}: '{used._class!.Name}' has no class that {dataset.Path} has.");
    }

    private void Add(DelimitedRow row)
    {
        _count++;
        foreach (var column in _columns)
        {
            var value = row[column.Index];
            if (string.IsNullOrWhiteSpace(value))
            {
                // Questions without an answer can be learnt from.
                if (column.Purpose is not (ColumnPurpose.Answer or ColumnPurpose.AnswerIndex))
                    _empty[column].Add(row.Line);
            }
            else if (!IsOfKind(value, column.Kind))
            {
                _noNumbers[column].Add(row.Line, $"('{Short(value)}')");
            }
        }
        if (_class is not null)
            _classes[row[_class.Index]] = _classes.GetValueOrDefault(row[_class.Index]) + 1;
        if (!_rows.Add(Fingerprint(row)))
            _copies++;
    }

    // Files may be larger than memory: rows are told apart by half of their hash.
    private UInt128 Fingerprint(DelimitedRow row)
    {
        var values = string.Join('\0', _columns.Select(column => row[column.Index]));
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
    }

    private void RefuseValues()
    {
        foreach (var column in _columns)
        {
            if (_noNumbers[column] is { Count: > 0 } wrong)
                throw new InputException($"{_path}: '{column.Name}' must have {(column.Kind == DataKind.Int32 ? "whole numbers" : "numbers")}, and has others in {wrong}.");
            if (_empty[column] is { Count: > 0 } empty)
                throw new InputException($"{_path}: '{column.Name}' is empty in {empty}. Fill it in there, remove these lines, or name another column with {Option(column.Purpose)}.");
        }
    }

    private void RefuseCounts()
    {
        if (_count < FewestRows)
            throw new InputException($"{_path} has {_count} {(_count == 1 ? "row" : "rows")}; at least {FewestRows} are needed to learn from some and to measure on others.");
        if (_job.Folds > _count)
            throw new InputException($"--cv-fold {_job.Folds}: {_path} has only {_count} rows.");
        if (_class is not null && _classes.Count == _count)
            throw new InputException(
                $"{_path}: '{_class.Name}' has another value in every row, so it is not a class. Name the column that is one with {Option(ColumnPurpose.Label)}.");
    }

    private IEnumerable<string> Warnings()
    {
        if (_copies > ManyCopies * _count)
            yield return $"{_copies:N0} of {_count:N0} rows are copies of others. The same row can be learnt from and measured on, which makes the model look better than it is.";
        string[] single = [.. _classes.Where(name => name.Value == 1).Select(name => name.Key)];
        if (single.Length > 0)
            yield return $"{Named(single)} in '{_class!.Name}' {(single.Length == 1 ? "has" : "have")} one row only: too little to learn from and to measure on.";
        string[] spaced = [.. _classes.Keys.Where(name => name.Trim() != name && _classes.ContainsKey(name.Trim()))];
        if (spaced.Length > 0)
            yield return $"{Named(spaced)} in '{_class!.Name}' {(spaced.Length == 1 ? "differs" : "differ")} from another only by spaces at the end, and counts as a class of its own.";
    }

    private static string Named(string[] classes) => (classes.Length == 1 ? "The class " : $"{classes.Length} classes (")
        + NamedColumns.Listed(classes.Take(MostNamed).Select(Short)) + (classes.Length > MostNamed ? ", …" : "") + (classes.Length == 1 ? "" : ")");

    private string Option(ColumnPurpose purpose) => _job.Scenario.Columns.Single(role => role.Purpose == purpose).Option;

    private static bool IsOfKind(string value, DataKind kind) => kind switch
    {
        DataKind.Single => ColumnStatistics.Number(value) is not null,
        DataKind.Int32 => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static string Short(string value) => value.Length <= 30 ? value : $"{value[..30]}…";
}
