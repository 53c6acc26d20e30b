import { randomUUID } from 'node:crypto';
import { makeInstance } from '../../support/centre.ts';
import { tags, type World } from '../world.ts';
import { list, only, type RequestTable } from './request-table.ts';

/** No two in the Region may be the same. */
const alias = (world: World) => world.fresh(`made-${world.instance.id.slice(0, 8)}`).replace(' ', '-');
const instance = async (world: World) => ({ InstanceId: (await makeInstance(world.db, alias(world))).id });
const tagged = async (world: World) => ({ resourceArn: world.arn('queue', await world.makeQueue()) });
const accessKey = async (world: World) => ({ AccessKeyId: await world.makeAccessKey() });

/** Instances, tags and access keys. */
export const accountRequests: RequestTable = {
  CreateInstance: {
    full: (world) => ({
      ClientToken: randomUUID(),
      IdentityManagementType: 'EXISTING_DIRECTORY',
      InstanceAlias: alias(world),
      DirectoryId: 'd-926726f57a',
      InboundCallsEnabled: true,
      OutboundCallsEnabled: false,
      Tags: tags,
    }),
    minimal: (world) => ({
      IdentityManagementType: 'CONNECT_MANAGED',
      InstanceAlias: alias(world),
      InboundCallsEnabled: true,
      OutboundCallsEnabled: true,
    }),
  },
  DescribeInstance: only(() => ({})),
  ListInstances: list('ListInstances'),
  DeleteInstance: {
    full: async (world) => ({ ...(await instance(world)), ClientToken: randomUUID() }),
    minimal: instance,
  },
  DescribeSampleHistory: only(() => ({})),
  DescribeInstanceAttribute: only(() => ({ AttributeType: 'CONTACT_LENS' })),
  ListInstanceAttributes: list('ListInstanceAttributes'),
  UpdateInstanceAttribute: {
    full: () => ({ AttributeType: 'EARLY_MEDIA', Value: 'false', ClientToken: randomUUID() }),
    minimal: () => ({ AttributeType: 'EARLY_MEDIA', Value: 'true' }),
  },

  TagResource: only(async (world) => ({ ...(await tagged(world)), tags: { ...tags, More: 'tags' } })),
  UntagResource: only(async (world) => ({ ...(await tagged(world)), tagKeys: Object.keys(tags) })),
  ListTagsForResource: only((world) => ({ resourceArn: world.arn('queue', world.queue) })),

  SearchResourceTags: list(
    'SearchResourceTags',
    () => ({}),
    () => ({
      ResourceTypes: ['agent', 'standard-queue'],
      SearchCriteria: {
        TagSearchCondition: {
          tagKey: 'e',
          tagKeyComparisonType: 'CONTAINS',
          tagValue: 'i',
          tagValueComparisonType: 'CONTAINS',
        },
      },
    }),
  ),

  CreateAccessKey: {
    full: () => ({ Actions: ['connect:List*', 'connect:DeleteUser'], Description: 'For a test' }),
    minimal: () => ({ Actions: ['connect:*'] }),
  },
  ListAccessKeys: list('ListAccessKeys'),
  UpdateAccessKey: {
    full: async (world) => ({
      ...(await accessKey(world)),
      Status: 'DISABLED',
      Actions: ['connect:DeleteUser'],
      Description: '',
    }),
    minimal: async (world) => ({ ...(await accessKey(world)), Status: 'DISABLED' }),
  },
  DeleteAccessKey: only(accessKey),
};
