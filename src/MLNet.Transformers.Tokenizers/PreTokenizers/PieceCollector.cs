namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns alternating text and delimiters, told one after the other, into pieces.</summary>
/// <param name="behavior">What becomes of the delimiters.</param>
/// <param name="pieces">Where the pieces go.</param>
internal ref struct PieceCollector(DelimiterBehavior behavior, PieceList pieces)
{
    private int _start;
    private int _end;
    private bool _isDelimiter;
    private bool _isPending;

    public void Add(int start, int end, bool isDelimiter)
    {
        switch (behavior)
        {
            case DelimiterBehavior.Removed:
                if (!isDelimiter)
                {
                    pieces.Add(start, end);
                }

                break;
            case DelimiterBehavior.Isolated:
                pieces.Add(start, end);
                break;
            default:
                AddPending(start, end, isDelimiter);
                break;
        }
    }

    /// <summary>Must follow the last <see cref="Add"/>.</summary>
    public readonly void Finish()
    {
        if (_isPending)
        {
            pieces.Add(_start, _end);
        }
    }

    private void AddPending(int start, int end, bool isDelimiter)
    {
        bool merges = _isPending && behavior switch
        {
            DelimiterBehavior.MergedWithPrevious => isDelimiter && !_isDelimiter,
            DelimiterBehavior.MergedWithNext => _isDelimiter && !isDelimiter,
            _ => isDelimiter == _isDelimiter,
        };
        if (!merges)
        {
            Finish();
            _start = start;
        }

        _end = end;
        _isDelimiter = isDelimiter;
        _isPending = true;
    }
}
