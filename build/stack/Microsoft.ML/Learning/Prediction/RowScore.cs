using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>The score of a cursor's row, computed once for all columns that show it.</summary>
internal sealed class RowScore(LinearModelParameters model, MappedRow row, DataViewSchema.Column features)
{
    private readonly ValueGetter<VBuffer<float>> _getFeatures = row.GetGetter<VBuffer<float>>(features);
    private VBuffer<float> _features;
    private float _score;
    private long _position = -1;

    public float Current
    {
        get
        {
            if (_position != row.Input.Position)
            {
                _getFeatures(ref _features);
                _score = model.Score(_features);
                _position = row.Input.Position;
            }

            return _score;
        }
    }
}
