namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>The source fields that a column takes its values from.</summary>
    public sealed class Range
    {
        /// <summary>The first field, from 0.</summary>
        public int Min;

        /// <summary>The last field, or null where <see cref="AutoEnd"/> or <see cref="VariableEnd"/> says how the range ends.</summary>
        public int? Max;

        /// <summary>The range reaches to the end of the line, and all lines have as many fields as the data sample.</summary>
        public bool AutoEnd;

        /// <summary>The range reaches to the end of the line, which may differ from line to line.</summary>
        public bool VariableEnd;

        /// <summary>The range takes only the fields that no other column names.</summary>
        public bool AllOther;

        /// <summary>A single field becomes a vector of one, not a scalar.</summary>
        public bool ForceVector;

        /// <summary>A range to be filled in.</summary>
        public Range() { }

        /// <summary>One field: a scalar.</summary>
        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        /// <summary>The fields from <paramref name="min"/> to <paramref name="max"/>, or to the end of the line: a vector.</summary>
        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(!(max < min), nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max is null;
        }
    }
}
