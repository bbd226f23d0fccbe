using System.Globalization;

namespace MLNet.Transformers.Tool.Data;

/// <summary>What the values of a column are like.</summary>
internal sealed class ColumnStatistics
{
    /// <summary>More different values than this are not counted.</summary>
    public const int MostDistinct = 5000;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private long _length;
    private long _previous;
    private bool _isBoolean = true;
    private bool _isWhole = true;
    private bool _isCounting = true;
    private bool _isTags = true;
    private int _questions;
    private int _numbers;

    /// <summary>Number of values, the empty ones left out.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are more different values than are counted.</summary>
    public bool HasManyValues { get; private set; }

    /// <summary>Number of different values, as far as they are counted.</summary>
    public int Distinct => _values.Count;

    /// <summary>Mean number of characters of a value.</summary>
    public double MeanLength => Count == 0 ? 0 : (double)_length / Count;

    /// <summary>The least number.</summary>
    public double Least { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest number.</summary>
    public double Greatest { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether all values are numbers.</summary>
    public bool IsNumber => Count > 0 && _numbers == Count;

    /// <summary>The share of values that are numbers.</summary>
    public double NumberShare => Count == 0 ? 0 : (double)_numbers / Count;

    /// <summary>Whether all values are tags of words with spaces between them, such as "O B-person".</summary>
    public bool IsTags => Count > 0 && _isTags;

    /// <summary>Whether all values are whole numbers of at least 0.</summary>
    public bool IsWhole => Count > 0 && _isWhole;

    /// <summary>Whether each value is one greater than that before, as row numbers are.</summary>
    public bool IsCounting => Count > 2 && _isCounting;

    /// <summary>Whether no value comes twice, among those that are counted.</summary>
    public bool IsUnique => HasManyValues || Distinct == Count;

    /// <summary>The share of values that end with a question mark.</summary>
    public double Questions => Count == 0 ? 0 : (double)_questions / Count;

    /// <summary>What the values can be read as.</summary>
    public DataKind Kind => Count == 0 ? DataKind.String : _isBoolean ? DataKind.Boolean : IsNumber ? DataKind.Single : DataKind.String;

    /// <summary>Whether a value is among those counted.</summary>
    public bool Has(string value) => _values.Contains(value);

    /// <summary>Counts a value.</summary>
    public void Add(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;
        Count++;
        _length += value.Length;
        if (value.EndsWith('?'))
            _questions++;
        _isBoolean = _isBoolean && bool.TryParse(value, out _);
        _isTags = _isTags && value.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(IsTag);
        AddNumber(value);
        if (_values.Count < MostDistinct)
            _values.Add(value);
        else
            HasManyValues = HasManyValues || !_values.Contains(value);
    }

    private void AddNumber(string value)
    {
        if (Number(value) is { } number)
        {
            _numbers++;
            Least = Math.Min(Least, number);
            Greatest = Math.Max(Greatest, number);
        }
        _isWhole = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && _isWhole;
        _isCounting = _isCounting && _isWhole && (Count == 1 || whole == _previous + 1);
        _previous = whole;
    }

    /// <summary>Whether a word is the tag of another: O, or B-, I-, E-, S- and the like with the name of an entity.</summary>
    public static bool IsTag(string word) => word is "O" || (word.Length > 2 && word[1] == '-' && "BIESLU".Contains(word[0], StringComparison.Ordinal));

    /// <summary>A value as a number; null where it is none.</summary>
    public static double? Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
