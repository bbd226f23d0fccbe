namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>One column of the loaded data and the fields it is read from.</summary>
    public sealed class Column
    {
        /// <summary>The column's name.</summary>
        public string Name;

        /// <summary>The fields, in order.</summary>
        public Range[] Source;

        /// <summary>For a key, how many values there are; null for a column that is no key.</summary>
        public KeyCount KeyCount;

        /// <summary>A column to be filled in.</summary>
        public Column() { }

        /// <summary>A scalar read from one field.</summary>
        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        /// <summary>A vector read from the fields <paramref name="minIndex"/> to <paramref name="maxIndex"/>.</summary>
        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        /// <summary>A column read from any ranges of fields.</summary>
        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Contracts.CheckValue(name, nameof(name));
            Contracts.CheckValue(source, nameof(source));
            Name = name;
            DataKind = dataKind;
            Source = source;
            KeyCount = keyCount;
        }

        /// <summary>The type of the values.</summary>
        public DataKind DataKind { get; set; } = DataKind.Single;
    }
}
