namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// The free places of a double array in the making, in the order in which they became free. Places that many searches have
/// passed by are given up, which bounds the time of a search and costs little room.
/// </summary>
internal sealed class FreePlaces
{
    private const int MaximumProbes = 64;
    private const int Ends = 0;

    // A ring through place 0, which is never free; a place outside the ring is its own neighbour.
    private int[] _next = [Ends];
    private int[] _previous = [Ends];

    /// <summary>How many places there are, free or not.</summary>
    public int Length => _next.Length;

    /// <summary>Makes places from the present length up to <paramref name="length"/>, all free.</summary>
    public void Grow(int length)
    {
        int old = _next.Length;
        Array.Resize(ref _next, length);
        Array.Resize(ref _previous, length);
        for (int place = old; place < length; place++)
        {
            int last = _previous[Ends];
            (_next[last], _previous[place], _next[place], _previous[Ends]) = (place, last, Ends, place);
        }
    }

    public void Take(int place)
    {
        (_next[_previous[place]], _previous[_next[place]]) = (_next[place], _previous[place]);
        (_next[place], _previous[place]) = (place, place);
    }

    /// <summary>The first free place that <paramref name="suits"/>, or -1.</summary>
    public int Find(Func<int, bool> suits)
    {
        int probes = 0;
        for (int place = _next[Ends]; place != Ends; place = _next[place])
        {
            if (suits(place))
            {
                return place;
            }
            if (++probes == MaximumProbes)
            {
                Take(_next[Ends]);
            }
        }
        return -1;
    }
}
