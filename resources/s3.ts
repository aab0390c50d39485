import { Answerer, physicalName } from "./context";

/** Settings of a bucket are resources of their own, known by the bucket's name. */
const ofBucket: Answerer = (_name, inputs) => ({ id: String(inputs.bucket), outputs: {} });

export const s3: Record<string, Answerer> = {
  "aws:s3/bucket:Bucket": (name, inputs, context) => {
    const bucket = physicalName(inputs.bucket, name);
    return {
      id: bucket,
      outputs: {
        bucket,
        arn: `arn:${context.partition}:s3:::${bucket}`,
        bucketRegionalDomainName: `${bucket}.s3.${context.region}.amazonaws.com`,
      },
    };
  },
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
};
