namespace Microsoft.ML.Data;

/// <summary>A type whose values may hold other values or resources: vectors and images.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}
