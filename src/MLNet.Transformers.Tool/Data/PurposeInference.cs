using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds out what the columns of a file are for: first by what the user said, then by their names, then by their values.</summary>
/// <param name="job">What was asked for.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="names">The names of its columns.</param>
/// <param name="statistics">What their values are like.</param>
internal sealed class PurposeInference(Job job, string path, IReadOnlyList<string> names, IReadOnlyList<ColumnStatistics> statistics)
{
    private readonly Dictionary<int, (ColumnPurpose Purpose, string Reason)> _taken = [];

    /// <summary>All columns, in their order.</summary>
    /// <exception cref="InputException">A column that was named is not there, or which column is for what cannot be told.</exception>
    public IReadOnlyList<DatasetColumn> Columns()
    {
        TakeIgnored();
        TakeNamed();
        TakeByName();
        SetAside();
        TakeLanguages();
        foreach (var role in Open())
            TakeByValues(role);
        return [.. names.Select((name, index) => Column(name, index))];
    }

    private DatasetColumn Column(string name, int index)
    {
        var (purpose, reason) = _taken.GetValueOrDefault(index, (ColumnPurpose.Ignore, "not needed"));
        var kind = purpose == ColumnPurpose.Ignore ? statistics[index].Kind : job.Scenario.Columns.Single(role => role.Purpose == purpose).Kind;
        return new DatasetColumn(name, index, kind, purpose, reason);
    }

    private void TakeIgnored()
    {
        foreach (var index in NamedColumns.Ignored(path, job.IgnoredColumns, names))
            _taken[index] = (ColumnPurpose.Ignore, "");
    }

    private void TakeNamed()
    {
        foreach (var (purpose, wanted) in job.ColumnNames)
        {
            var option = job.Scenario.Columns.Single(role => role.Purpose == purpose).Option;
            var index = NamedColumns.Find(path, option, wanted, names);
            if (_taken.TryGetValue(index, out var other))
                throw new InputException($"{option}: the column '{names[index]}' is named for something else too: {OptionOf(other.Purpose)}.");
            _taken[index] = (purpose, "");
        }
    }

    private string OptionOf(ColumnPurpose purpose) =>
        purpose == ColumnPurpose.Ignore ? "--ignore-cols" : job.Scenario.Columns.Single(role => role.Purpose == purpose).Option;

    // The most usual names first, whichever the role, so that "target" is a label only where nothing better is.
    private void TakeByName()
    {
        var matches = from role in Open()
                      from index in Free()
                      let rank = ColumnVocabulary.Rank(names[index], role.Purpose)
                      where rank is not null && Fits(role, statistics[index])
                      orderby rank, index
                      select (role, index);
        foreach (var (role, index) in matches.ToArray())
        {
            if (_taken.ContainsKey(index) || !IsOpen(role))
                continue;
            if (Free().FirstOrDefault(other => other != index && ColumnVocabulary.SameName(names[other], names[index]), -1) is var twin and >= 0)
                throw Undecided(role, [index, twin]);
            _taken[index] = (role.Purpose, $"named '{names[index]}'");
        }
    }

    private void SetAside()
    {
        if (!Open().Any())
            return;
        foreach (var index in Free().ToArray())
        {
            var values = statistics[index];
            var reason = values.Count == 0 ? "empty"
                : ColumnVocabulary.IsAside(names[index]) && !IsLanguageHere(names[index]) ? $"named '{names[index]}'"
                : values.IsCounting ? "row numbers"
                : values.Distinct == 1 && values.Count > 1 ? "the same value in all rows"
                : null;
            if (reason is not null)
                _taken[index] = (ColumnPurpose.Ignore, reason);
        }
    }

    // "id" is Indonesian only beside another language.
    private bool IsLanguageHere(string name) => ColumnVocabulary.IsLanguage(name)
        && Open().Any(role => role.Purpose is ColumnPurpose.Source or ColumnPurpose.Target)
        && names.Count(ColumnVocabulary.IsLanguage) == 2;

    private void TakeLanguages()
    {
        ColumnRole[] roles = [.. Open().Where(role => role.Purpose is ColumnPurpose.Source or ColumnPurpose.Target)];
        int[] languages = [.. Free().Where(index => ColumnVocabulary.IsLanguage(names[index]) && !statistics[index].IsNumber)];
        if (languages.Length != roles.Length)
            return;
        foreach (var (role, index) in roles.Zip(languages))
            _taken[index] = (role.Purpose, $"named '{names[index]}', a language");
    }

    private void TakeByValues(ColumnRole role)
    {
        if (!IsOpen(role))
            return;
        var candidates = new RoleCandidates(role, [.. Open()], names, statistics);
        var found = candidates.Among([.. Free()]);
        if (found.Count == 0)
            throw new InputException(
                $"No column of {path} looks like the one for {role.Option} ({role.Description}). Name it with {role.Option}; the columns are {NamedColumns.Listed(names)}.");
        if (found.Count > 1)
            throw Undecided(role, found.Select(candidate => candidate.Index));
        _taken[found[0].Index] = (role.Purpose, found[0].Reason);
    }

    private InputException Undecided(ColumnRole role, IEnumerable<int> indices) => new(
        $"Several columns of {path} could be the one for {role.Option} ({role.Description}): {NamedColumns.Listed(indices.Order().Select(index => names[index]))}. Name it with {role.Option}.");

    private static bool Fits(ColumnRole role, ColumnStatistics values) => role.Kind switch
    {
        DataKind.Single or DataKind.Int32 => values.NumberShare > 0.5,
        _ => values.Count > 0,
    };

    private IEnumerable<ColumnRole> Open() => job.Scenario.Columns.Where(IsOpen);

    private bool IsOpen(ColumnRole role) => _taken.Values.All(taken => taken.Purpose != role.Purpose);

    private IEnumerable<int> Free() => Enumerable.Range(0, names.Count).Where(index => !_taken.ContainsKey(index));
}
