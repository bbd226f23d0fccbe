namespace Microsoft.ML.Transforms;

/// <summary>Rows drawn with replacement, about as many as there are: each comes as often as a Poisson variable of mean 1 says.</summary>
internal sealed class BootstrapDataView(IHost host, IDataView source, uint seed, bool complement) : RootDataView(host, source.Schema)
{
    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) =>
        new Cursor(Host, source.GetRowCursor(Schema.Where(column => active[column.Index])), active, new TauswortheRandom(seed), complement);

    private sealed class Cursor(IHost host, DataViewRowCursor input, bool[] active, TauswortheRandom random, bool complement)
        : SelectingCursor(host, input, active)
    {
        private int _left;

        public override ValueGetter<DataViewRowId> GetIdGetter()
        {
            var get = Input.GetIdGetter();
            return (ref DataViewRowId value) =>
            {
                get(ref value);
                value = value.Combine(new DataViewRowId((ulong)_left, 0));
            };
        }

        protected override bool MoveNextCore()
        {
            while (_left == 0)
            {
                if (!Input.MoveNext())
                    return false;
                var times = NextPoisson();
                _left = complement ? times == 0 ? 1 : 0 : times;
            }
            _left--;
            return true;
        }

        /// <summary>Knuth's method: how many uniform numbers it takes until their product is less than exp(-1).</summary>
        private int NextPoisson()
        {
            var count = 0;
            for (var product = random.NextDouble(); product > 1 / Math.E; product *= random.NextDouble())
                count++;
            return count;
        }
    }
}
