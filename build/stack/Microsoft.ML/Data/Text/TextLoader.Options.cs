namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How a text file is laid out and which columns it holds.</summary>
    public class Options
    {
        /// <summary>Double quotes around a field keep separators in it from ending it.</summary>
        public bool AllowQuoting;

        /// <summary>A line may end in <c>length index:value …</c>, where slots that are not named hold the default value.</summary>
        public bool AllowSparse;

        /// <summary>The number of fields of a line, where sparse lines do not say it themselves.</summary>
        public int? InputSize;

        /// <summary>The characters that end a field.</summary>
        public char[] Separators = ['\t'];

        /// <summary>The decimal marker of real numbers: a point or a comma.</summary>
        public char DecimalMarker = '.';

        /// <summary>The columns; none means those that the file itself describes, else a label and its features.</summary>
        public Column[] Columns;

        /// <summary>White space at the end of a line is no part of it.</summary>
        public bool TrimWhitespace;

        /// <summary>The first line of a file holds names.</summary>
        public bool HasHeader;

        /// <summary>Parsing may use threads of its own.</summary>
        public bool UseThreads = true;

        /// <summary>A quoted field may hold line breaks.</summary>
        public bool ReadMultilines;

        /// <summary>A file whose first line holds the names, in place of the data's own header.</summary>
        public string HeaderFile;

        /// <summary>At most this many rows are read.</summary>
        public long? MaxRows;

        /// <summary>The character that, before a quote in a quoted field, makes it part of the field.</summary>
        public char EscapeChar = '"';

        /// <summary>A missing real number is NaN, not 0.</summary>
        public bool MissingRealsAsNaNs;
    }
}
