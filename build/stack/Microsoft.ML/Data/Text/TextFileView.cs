namespace Microsoft.ML.Data;

/// <summary>The rows of text files, read anew by each cursor.</summary>
internal sealed class TextFileView(
    IHost host, IMultiStreamSource files, TextFormat format, TextColumn[] columns, DataViewSchema schema, bool useThreads)
    : RootDataView(host, schema)
{
    private IMultiStreamSource Files => files;
    private TextFormat Format => format;
    private TextColumn[] Columns => columns;
    private bool UseThreads => useThreads;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) => new Cursor(this, active);

    private int LastNeeded(bool[] active)
    {
        var last = columns.Where((_, i) => active[i]).SelectMany(column => column.Segments).Max(segment => (int?)segment.Limit - 1) ?? 0;
        return format.InputSize > 0 ? Math.Min(last, format.InputSize - 1) : last;
    }

    private sealed class Cursor : RootCursorBase
    {
        private readonly TextFileView _view;
        private readonly TextColumnReader[] _readers;
        private readonly IEnumerator<TextLine> _lines;
        private readonly TextFieldSplitter _splitter;
        private readonly TextParseLog _log;
        private readonly int _lastNeeded;

        public Cursor(TextFileView view, bool[] active)
            : base(view.Host)
        {
            _view = view;
            _readers = new TextColumnReader[active.Length];
            for (var i = 0; i < active.Length; i++)
                _readers[i] = active[i] ? TextColumnReader.Create(view.Columns[i], view.Format) : null;
            _lastNeeded = view.LastNeeded(active);
            _log = new TextParseLog(Host.Start("ParseStats"));
            _splitter = new TextFieldSplitter(view.Format, _log);
            _lines = TextLines.Read(view.Files, view.Format).GetEnumerator();
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
            value = IsGood ? new DataViewRowId((ulong)Position, 0) : throw CursorState.ExceptNoRow(Host);

        public override bool IsColumnActive(DataViewSchema.Column column)
        {
            Host.Check(column.Index < _readers.Length);
            return _readers[column.Index] is not null;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.CheckParam(column.Index < _readers.Length, nameof(column), "requested column not valid.");
            Host.Check(IsColumnActive(column));
            var getter = _readers[column.Index].Getter;
            return getter as ValueGetter<TValue> ?? throw Host.Except(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
        }

        protected override bool MoveNextCore()
        {
            try
            {
                return ReadRow();
            }
            catch (Exception error) when (_view.UseThreads)
            {
                throw Contracts.Mark(new FormatException($"Parsing failed with an exception: {error.Message}", error));
            }
        }

        protected override void DisposeCore()
        {
            _lines.Dispose();
            _log.Dispose();
        }

        private bool ReadRow()
        {
            if (!ReadLine())
                return false;
            var line = _lines.Current;
            var size = _splitter.Split(line, _lastNeeded);
            foreach (var reader in _readers)
                reader?.Read(line, _splitter.Fields, size, _log);
            _log.Row();
            return true;
        }

        private bool ReadLine()
        {
            try
            {
                return _lines.MoveNext();
            }
            catch (Exception error)
            {
                throw Contracts.Mark(new FormatException("Stream reading encountered exception", error));
            }
        }
    }
}
